#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
# Unpacked for this run alone: it is large, and nothing else needs it.
if ! command -v firefox-esr >/dev/null; then
    mkdir "$LAB/firefox"
    (cd "$LAB/firefox" && apt-get download firefox-esr && dpkg -x firefox-esr*.deb .) >"$LAB/apt.log" 2>&1
    PATH=$LAB/firefox/usr/lib/firefox-esr:$PATH
fi
lab
tls_server www.example.test
mkdir "$LAB/profile"
# Its maker's servers are none of the case's.
printf 'user_pref("%s", %s);\n' network.proxy.type 0 datareporting.policy.dataSubmissionEnabled false app.update.enabled false \
    network.captive-portal-service.enabled false network.connectivity-service.enabled false services.settings.server '""' \
    browser.safebrowsing.provider.mozilla.updateURL '""' >"$LAB/profile/user.js"
capture
on client timeout 20 firefox-esr --headless --no-remote --profile "$LAB/profile" --screenshot "$LAB/page.png" \
    https://www.example.test/index.html >"$LAB/firefox.log" 2>&1 || true
