#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
. "$(dirname "$0")/../kernel.sh"
lab
arm
inside 192.168.1.7
capture
both turn 192.168.1.7:8022
