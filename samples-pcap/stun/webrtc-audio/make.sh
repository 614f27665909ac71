#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
peers
capture
browse server "answer&audio"
browse client "offer&audio"
until_done
