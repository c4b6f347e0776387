/** A bare Socket.IO relay: nothing is stored, checked or limited. It tells what it has used when its parent asks. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, { serveClient: false, perMessageDeflate: false });
let seq = 0;

io.on('connection', (socket) => {
  socket.on('join', (answer: () => void) => {
    void socket.join('room');
    answer();
  });
  socket.on('send', (id: string, answer: (isDone: boolean) => void) => {
    seq += 1;
    io.to('room').emit('posted', { id, roomId: 'room', author: { id, name: 'Member 1', role: 'member' }, clientMessageId: id, seq, text: `Message ${id}`, sentAt: new Date().toISOString() });
    answer(true);
  });
});
process.on('message', () => {
  const cpu = process.cpuUsage();
  process.send?.({ cpuSeconds: (cpu.user + cpu.system) / 1e6, rssBytes: process.memoryUsage.rss() });
});
http.listen(0, '127.0.0.1', () => process.send?.((http.address() as AddressInfo).port));
