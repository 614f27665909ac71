#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
plugin_server 4503
capture
plugin_client $PLUGIN 4503
