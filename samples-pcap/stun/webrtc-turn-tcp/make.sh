#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
peers
turn_server 3478
capture
browse server "answer&turn=turn:$WEB:3478"
browse client "offer&turn=turn:$WEB:3478?transport=tcp"
until_done
