// What the pages of trust.sh do: page.html?NAME runs actions[NAME], then says that it is done.
const api = location.protocol === 'https:' ? 'https://secure-api.example.net' : 'http://api.example.net'
const wait = seconds => new Promise(resolve => setTimeout(resolve, seconds * 1000))
const done = () => fetch('/done', {cache: 'no-store'})
const text = body => ({method: 'POST', body, headers: {'Content-Type': 'text/plain'}})

function xhr(method, url, body, headers = {}) {
    return new Promise(resolve => {
        const request = new XMLHttpRequest()
        request.open(method, url)
        for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
        request.onloadend = resolve
        request.send(body)
    })
}

function form(action, encoding, fields, target) {
    const element = document.createElement('form')
    Object.assign(element, {action, method: 'post', enctype: encoding, target: target || '_self'})
    for (const [name, value] of Object.entries(fields)) {
        const field = document.createElement('textarea')
        Object.assign(field, {name, value})
        element.append(field)
    }
    document.body.append(element)
    element.submit()
}

function frame(name) {
    const element = document.createElement('iframe')
    element.name = name
    document.body.append(element)
    return name
}

function socket(url) {
    return new Promise(resolve => {
        const connection = new WebSocket(url)
        const messages = ['hello', new Uint8Array(300), 'goodbye']
        connection.binaryType = 'arraybuffer'
        connection.onopen = () => connection.send(messages.shift())
        connection.onmessage = () => messages.length ? connection.send(messages.shift()) : connection.close()
        connection.onclose = resolve
    })
}

/** A data channel to the peer that waits at the same server under the same name: offers unless it answers. */
async function channel(name, answers, servers, policy = 'all') {
    const peer = new RTCPeerConnection({iceServers: servers, iceTransportPolicy: policy})
    const gathered = () => new Promise(resolve => {
        if (peer.iceGatheringState === 'complete') resolve()
        peer.onicegatheringstatechange = () => peer.iceGatheringState === 'complete' && resolve()
    })
    const put = async part => {
        await Promise.race([gathered(), wait(4)])
        await fetch(`/signal/${name}/${part}`, text(JSON.stringify(peer.localDescription)))
    }
    const get = async part => (await fetch(`/signal/${name}/${part}`, {cache: 'no-store'})).json()
    const talk = data => new Promise(resolve => {
        let count = 0
        data.onopen = () => answers || data.send('hello')
        data.onmessage = ({data: said}) => ++count < 6 ? data.send(said + '!') : resolve()
        setTimeout(resolve, 8000)
    })
    let talked
    if (answers) {
        talked = new Promise(resolve => { peer.ondatachannel = ({channel: data}) => talk(data).then(resolve) })
        await peer.setRemoteDescription(await get('offer'))
        await peer.setLocalDescription(await peer.createAnswer())
        await put('answer')
    } else {
        talked = talk(peer.createDataChannel('lab'))
        await peer.setLocalDescription(await peer.createOffer())
        await put('offer')
        await peer.setRemoteDescription(await get('answer'))
    }
    await talked
    if (answers) await wait(2)
    peer.close()
}

/** Looks for candidates and no more: what TURN and STUN servers get to see. */
async function gather(servers, policy = 'all') {
    const peer = new RTCPeerConnection({iceServers: servers, iceTransportPolicy: policy})
    peer.createDataChannel('lab')
    await peer.setLocalDescription(await peer.createOffer())
    await wait(3)
    peer.close()
}

const turn = (transport, host = '198.51.100.78:3478') =>
    [{urls: `turn:${host}?transport=${transport}`, username: 'alice', credential: 'sandbar'}]
const stun = [{urls: 'stun:198.51.100.78:3478'}]
const evil = 'http://evil.example.net'
const login = 'USER alice\r\nPASS sandbar\r\nSYST\r\nFEAT\r\nTYPE I\r\nPWD\r\n'

const actions = {
    none: async () => {},
    fetch: async () => {
        await fetch('/data.json', {cache: 'no-store'})
        await fetch('/data.json?2', text('a note'))
        await fetch(`${api}/data.json`, {cache: 'no-store'})
        await fetch(`${api}/note`, text('a note'))
        await fetch(`${api}/item`, {method: 'PUT', body: '{"name": "item"}', headers: {'Content-Type': 'application/json'}})
        await fetch(`${api}/opaque`, {mode: 'no-cors'})
    },
    xhr: async () => {
        await xhr('GET', '/data.json')
        await xhr('POST', '/form', 'name=alice', {'Content-Type': 'application/x-www-form-urlencoded'})
        await xhr('GET', `${api}/data.json`)
        await xhr('DELETE', `${api}/item`)
        await xhr('GET', `${api}/data.json?2`, null, {'X-Requested-With': 'XMLHttpRequest'})
    },
    form: async () => {
        form(`${api}/form`, 'text/plain', {note: 'a note'}, frame('one'))
        form(`${api}/form`, 'multipart/form-data', {note: 'a note'}, frame('two'))
        await wait(1)
        await done()
        form('/form', 'application/x-www-form-urlencoded', {name: 'alice'})
    },
    parts: async () => {
        await new Promise(resolve => Object.assign(new Image(), {onload: resolve, onerror: resolve, src: `${api}/picture.png`}))
        navigator.sendBeacon(`${api}/beacon`, 'a note')
        const worker = new Worker('/worker.js')
        await new Promise(resolve => { worker.onmessage = resolve })
        const events = new EventSource('/events/three')
        await new Promise(resolve => { events.onmessage = ({data}) => data === '3' && resolve() })
        events.close()
        const others = new EventSource(`${api}/events/three`)
        await new Promise(resolve => { others.onmessage = ({data}) => data === '3' && resolve() })
        others.close()
    },
    sockets: async () => {
        for (const port of [80, 8765, 4502, 4534]) await socket(`ws://socket.example.net:${port}/chat`)
        await socket('wss://socket.example.net:8443/chat')
        await socket('wss://socket.example.net:4510/chat')
    },
    https: async () => {
        await fetch('/data.json', {cache: 'no-store'})
        await fetch(`${api}/data.json`, {cache: 'no-store'})
        await fetch('https://secure-api.example.net:8443/data.json', {cache: 'no-store'})
        await fetch('https://secure-api.example.net:4502/data.json', {cache: 'no-store'})
    },
    ranged: async () => {
        await fetch('http://api.example.net:4503/data.json', {cache: 'no-store'})
        await fetch('http://api.example.net:4503/item', {method: 'PUT', body: 'x'})
    },
    download: async () => { location.href = '/download/file.bin'; await wait(1) },
    offer_direct: () => channel('direct', false, stun),
    answer_direct: () => channel('direct', true, stun),
    offer_firefox: () => channel('firefox', false, stun),
    answer_firefox: () => channel('firefox', true, stun),
    offer_udp: () => channel('udp', false, turn('udp'), 'relay'),
    answer_udp: () => channel('udp', true, stun),
    offer_tcp: () => channel('tcp', false, turn('tcp'), 'relay'),
    answer_tcp: () => channel('tcp', true, stun),
    // Content that would like to be taken for a program. Its server, evil.example.net, answers as such a program's would.
    forged_agent: async () => {
        await fetch('/data.json', {cache: 'no-store', headers: {'User-Agent': 'curl/7.88.1'}}).catch(() => {})
        await xhr('GET', '/data.json?2', null, {'User-Agent': 'Wget/1.21.3', Accept: '*/*'})
        await fetch('/data.json?3', {cache: 'no-store', referrerPolicy: 'no-referrer', credentials: 'omit',
            headers: {'User-Agent': 'curl/7.88.1', Accept: '*/*', 'Accept-Language': ''}}).catch(() => {})
        await fetch(`${api}/data.json`, {cache: 'no-store', headers: {'User-Agent': 'git/2.39.5'}}).catch(() => {})
    },
    forged_ftp: async () => {
        const send = (port, path, options) => Promise.race([fetch(`${evil}:${port}${path}`, options).catch(() => {}), wait(1)])
        form(`${evil}:2121/`, 'text/plain', {x: `\r\n${login}`}, frame('greeted'))
        form(`${evil}:2122/`, 'text/plain', {x: `\r\n${login}`}, frame('answered'))
        form(`${evil}:2126/`, 'text/plain', {x: `\r\n${login}`}, frame('bold'))
        await wait(2)
        for (const port of [2121, 2122, 2125, 2126, 4511, 4514]) {
            await send(port, '/?post', {...text(login), mode: 'no-cors'})
            for (const method of ['USER', 'FEAT', 'SITE']) await send(port, `/?${method}`, {method, body: login})
        }
    },
    // The server's window holds one line of some thousand bytes.
    forged_line: async () => {
        for (let length = 1080; length < 1140; length += 10) {
            await Promise.race([fetch(`${evil}:2128/${'a'.repeat(length)}`, {method: 'PASS'}).catch(() => {}), wait(1)])
        }
    },
    forged_turn: async () => {
        await gather(turn('tcp', '198.51.100.66:2123'), 'relay')
        await gather(turn('tcp', '198.51.100.66:2124'), 'relay')
        await gather(turn('tcp', '198.51.100.66:2127'), 'relay')
        await gather(turn('tcp', '198.51.100.66:4512'), 'relay')
    },
    forged_socket: async () => {
        for (const port of [2121, 2122, 2126, 4511]) await Promise.race([socket(`ws://evil.example.net:${port}/${encodeURI(login)}`), wait(2)])
    },
}

const action = decodeURIComponent(location.search.slice(1))
if (action) window.onload = () => setTimeout(() => actions[action]().catch(console.error).then(done), 100)
