# need COMMAND=PACKAGE …: installs the packages whose commands are missing. As root on Debian it just does; elsewhere it says, in one
# line, what to install, and ends with 4.
need() {
    local pair missing=()
    for pair in "$@"; do
        command -v "${pair%%=*}" >/dev/null 2>&1 || missing+=("${pair#*=}")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    if [ "$(id -u)" -ne 0 ] || [ ! -e /etc/debian_version ] || ! command -v apt-get >/dev/null 2>&1; then
        echo "sandbar: missing packages: ${missing[*]} (names as in Debian 12); install them and run this again" >&2
        exit 4
    fi
    echo "sandbar: installing ${missing[*]}" >&2
    {
        apt-get update -qq &&
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
    } >/dev/null 2>&1 </dev/null || {
        echo "sandbar: could not install ${missing[*]}; try: apt-get update && apt-get install ${missing[*]}" >&2
        exit 4
    }
}

# need_library FILE=PACKAGE: the same for a library.
need_library() { ldconfig -p | grep -q "${1%%=*}" || need "no-${1%%=*}=${1#*=}"; }

# For need: a JDK of 17 or later where there is none, for a Java that only runs programs cannot build them; otherwise nothing.
jdk() {
    local version
    version=$(javac -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
    [ "${version:-0}" -ge 17 ] || echo no-jdk-of-17=openjdk-17-jdk-headless
}

# For need: what lets rsyslog speak TLS, which is a library and no command; otherwise nothing.
rsyslog_tls() {
    compgen -G '/usr/lib/*/rsyslog/lmnsd_gtls.so' >/dev/null || echo no-gtls=rsyslog-gnutls
}
