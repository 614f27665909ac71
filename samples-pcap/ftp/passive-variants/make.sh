#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
scripted_server \
    'PASV=227 Entering Passive Mode (198,51,100,21,195,81)' \
    'PASV=227 Entering Passive Mode (198,51,100,21,195,82).' \
    'PASV=227 Entering passive mode. 198,51,100,21,195,83' \
    'PASV=227 =198,51,100,21,195,84' \
    'PASV=227 Data transfer will passively listen to 198,51,100,21,195,85' \
    'PASV=227 Entering Passive Mode PORT 198,51,100,21,195,86' \
    'PASV=227 198,51,100,21,195,87' \
    'PASV=227 Entering Passive Mode (0,0,0,0,195,88)' \
    'EPSV=229 Entering Extended Passive Mode (|||50009|)' \
    'EPSV=229 Entering Extended Passive Mode (|||50010|).' \
    'EPSV=229 Entering Extended Passive Mode (!!!50011!)' \
    'LPSV=228 Entering Long Passive Mode (4,4,198,51,100,21,2,195,92)'
capture
for ask in PASV{,,,,,,,} EPSV{,,} LPSV; do transfers+=("$ask" 'RETR short.txt'); done
guest_say "${transfers[@]}" QUIT
