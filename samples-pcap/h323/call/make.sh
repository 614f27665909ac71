#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
. "$(dirname "$0")/../kernel.sh"
lab
arm
capture
both call
