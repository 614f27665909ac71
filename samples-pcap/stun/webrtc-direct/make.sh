#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
peers
capture
browse server answer
browse client offer
until_done
