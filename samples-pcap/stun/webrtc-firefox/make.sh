#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
peers
capture
browse server offer
browse_firefox client answer
until_done
