#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
. "$(dirname "$0")/../../kernel.sh"
. "$(dirname "$0")/../call.sh"
lab
arm Q.931 1720 tcp
capture
both call
