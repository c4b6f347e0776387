/** A bare Socket.IO relay: nothing is stored, checked or limited. It tells its parent the port it listens on. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, { serveClient: false, perMessageDeflate: false });
let seq = 0;

io.on('connection', (socket) => {
  socket.on('join', (_room: unknown, answer: () => void) => {
    void socket.join('room');
    answer();
  });
  socket.on('send', ({ clientMessageId, text }: { clientMessageId: string; text: string }, answer: (reply: { ok: true }) => void) => {
    seq += 1;
    io.to('room').emit('posted', { id: clientMessageId, roomId: 'room', author: { id: clientMessageId, name: 'Member 1', role: 'member' }, clientMessageId, seq, text, sentAt: new Date().toISOString() });
    answer({ ok: true });
  });
});
http.listen(0, '127.0.0.1', () => process.send?.((http.address() as AddressInfo).port));
