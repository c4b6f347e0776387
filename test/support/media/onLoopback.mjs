/**
 * With what the stages of a test's node are opened, in whichever process they are: media on loopback, free ports, one worker.
 *
 * @satisfies {Partial<import('../../../server/media/createStages.js').StagesOptions>}
 */
export const onLoopback = {
  now: () => new Date(),
  listenIp: '127.0.0.1',
  announcedAddress: '127.0.0.1',
  port: 0,
  pipes: { address: '127.0.0.1', ports: null },
  workers: 1,
  relay: () => ({ servers: [], expiresAt: null }),
};
