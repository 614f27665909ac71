#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need iptables iptables; need lftp lftp
lab
modprobe nf_nat_ftp 2>/dev/null || true
on router iptables -t raw -A PREROUTING -i lan -p tcp --dport 21 -j CT --helper ftp
on router iptables -t nat -A POSTROUTING -o web -j MASQUERADE
on router iptables -P FORWARD DROP
on router iptables -A FORWARD -i lan -j ACCEPT
on router iptables -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
ftp_server
# Both sides of the translation: what comes in on each leg, and what goes out.
mirror
for leg in lan web; do
    on router tc filter add dev $leg egress protocol all u32 match u32 0 0 action mirred egress mirror dev span
done
capture span
on client lftp -u "${LOGIN/:/,}" -e 'set ftp:passive-mode off; ls; bye' $FTP
