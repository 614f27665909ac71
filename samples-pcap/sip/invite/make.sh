#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
. "$(dirname "$0")/../../kernel.sh"
lab
arm sip 5060 udp
capture
# The callee has one address; the server's many would let it announce another than it is called at.
phone third $THIRD "<sip:bob@$THIRD>;regint=0;answermode=auto" /about 5 &
callee=$!
sleep 1
phone client 192.168.1.5 "<sip:alice@192.168.1.5>;regint=0" "/dial sip:bob@$THIRD" 2
wait $callee
answer
