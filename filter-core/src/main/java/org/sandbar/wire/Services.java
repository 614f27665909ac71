package org.sandbar.wire;

import java.util.HashMap;
import java.util.Map;

/**
 * Ports where a service listens by custom, and where therefore no peer of a data or media connection should be asked to connect: names
 * of the IANA registry, and a few that are in use without it. Ports below 1024 and those above that firewalls are written for; not the
 * whole registry, for many ports in it are, in practice, just ephemeral ones. TCP and UDP alike. Immutable, any thread.
 */
public final class Services {
    private static final String TABLE = """
            7 echo, 9 discard, 13 daytime, 17 qotd, 19 chargen, 20 ftp-data, 21 ftp, 22 ssh, 23 telnet, 25 smtp, 37 time, 42 nameserver,
            43 whois, 49 tacacs, 53 domain, 67 bootps, 68 bootpc, 69 tftp, 70 gopher, 79 finger, 80 http, 88 kerberos, 102 iso-tsap,
            109 pop2, 110 pop3, 111 sunrpc, 113 ident, 119 nntp, 123 ntp, 135 epmap, 137 netbios-ns, 138 netbios-dgm, 139 netbios-ssn,
            143 imap, 161 snmp, 162 snmptrap, 177 xdmcp, 179 bgp, 194 irc, 199 smux, 220 imap3, 264 bgmp, 311 asip-webadmin, 389 ldap,
            427 svrloc, 443 https, 444 snpp, 445 microsoft-ds, 464 kpasswd, 465 submissions, 500 isakmp, 502 mbap, 512 exec, 513 login,
            514 shell, 515 printer, 520 router, 523 ibm-db2, 530 courier, 540 uucp, 543 klogin, 544 kshell, 548 afpovertcp, 554 rtsp,
            563 nntps, 587 submission, 593 http-rpc-epmap, 601 syslog-conn, 623 asf-rmcp, 631 ipp, 636 ldaps, 646 ldp, 674 acap,
            749 kerberos-adm, 843 flash-policy, 853 domain-s, 860 iscsi, 873 rsync, 902 vmware-auth, 943 silverlight-policy, 989 ftps-data,
            990 ftps, 992 telnets, 993 imaps, 995 pop3s, 1080 socks, 1099 rmiregistry, 1194 openvpn, 1433 ms-sql-s, 1434 ms-sql-m,
            1494 ica, 1521 oracle, 1701 l2tp, 1719 h323gatestat, 1720 h323hostcall, 1723 pptp, 1812 radius, 1813 radius-acct, 1883 mqtt,
            1900 ssdp, 2049 nfs, 2181 zookeeper, 2375 docker, 2376 docker-s, 2379 etcd-client, 2380 etcd-server, 2401 cvspserver,
            2483 oracle-ttc, 2484 oracle-ttcs, 3000 grafana, 3128 squid, 3260 iscsi-target, 3268 msft-gc, 3269 msft-gc-ssl, 3306 mysql,
            3389 ms-wbt-server, 3478 stun, 3690 svn, 4369 epmd, 4786 smart-install, 4848 appserv-http, 5060 sip, 5061 sips,
            5222 xmpp-client, 5269 xmpp-server, 5349 stuns, 5353 mdns, 5355 llmnr, 5357 wsd, 5432 postgresql, 5555 adb, 5601 kibana,
            5671 amqps, 5672 amqp, 5800 vnc-http, 5900 rfb, 5901 rfb-1, 5984 couchdb, 5985 winrm, 5986 winrm-s, 6000 x11, 6001 x11-1,
            6379 redis, 6443 kubernetes, 6566 sane-port, 6665 ircu, 6666 ircu, 6667 ircu, 6668 ircu, 6669 ircu, 6697 ircs-u, 7000 afs3,
            7001 weblogic, 8000 http-alt, 8008 http-alt, 8080 http-alt, 8081 http-alt, 8443 https-alt, 8888 http-alt, 9000 cslistener,
            9042 cassandra, 9090 prometheus, 9092 kafka, 9100 jetdirect, 9200 elasticsearch, 9300 elasticsearch, 9418 git, 9443 https-alt,
            10000 webmin, 10050 zabbix-agent, 10051 zabbix-trapper, 10080 amanda, 10250 kubelet, 11211 memcache, 11434 ollama,
            15672 rabbitmq, 27017 mongodb, 27018 mongodb
            """;

    private static final Map<Integer, String> NAMES = new HashMap<>();

    static {
        for (String row : TABLE.split(",")) {
            String[] cells = row.trim().split(" ");
            NAMES.put(Integer.valueOf(cells[0]), cells[1]);
        }
    }

    private Services() {}

    /** The name of the service that is at home on this port, or null. */
    public static String at(int port) {
        return NAMES.get(port);
    }
}
