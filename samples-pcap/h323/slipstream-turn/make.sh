#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
. "$(dirname "$0")/../../kernel.sh"
. "$(dirname "$0")/../call.sh"
lab
arm Q.931 1720 tcp
inside 192.168.1.7
capture
both turn 192.168.1.7:8022
