/** Trials of the road between a browser and this node: a transport on a router of its own, with nothing on it but the probe. */
import type { TrialView, ConnectTrial, ProbeTrial, ResumeTrial } from '../../../shared/contracts/live/doctor.js';
import type { ConsumerView } from '../../../shared/contracts/live/stage.js';
import { AppError } from '../../../shared/failures.js';
import { mediaCodecs } from '../mediaSettings.js';
import { NodePlanes } from '../planes/nodePlanes.js';
import { Plane } from '../planes/plane.js';
import { GuestReceiver } from '../stage/guestReceiver.js';
import type { GuestTransport } from '../stage/guestTransport.js';
import { LayerDemand } from '../stage/layerDemand.js';
import type { MediaPlace } from '../workerPool.js';
import { canConnect } from './canConnect.js';

/** What a trial shows, but for the relays: those are the member's. */
export type OpenedTrial = Omit<TrialView, 'ice'>;

/** Where browsers are told to send media, on one worker. */
export interface MediaPort {
  address: string;
  port: number;
}

export interface Trials {
  /**
   * Opens a trial for a connection of this node, in the place of the one before.
   *
   * @throws media.preparing | media.unavailable | server.busy
   */
  open(connectionId: string): Promise<OpenedTrial>;
  /** Each finds the trial among the connection's own. @throws media.not_found | media.unsupported */
  connect(connectionId: string, input: ConnectTrial): Promise<void>;
  probe(connectionId: string, input: ProbeTrial): Promise<ConsumerView>;
  resume(connectionId: string, input: ResumeTrial): Promise<void>;
  /** Harmless when there is none. */
  end(connectionId: string): void;
  /** The media port that this node itself cannot reach at the address it tells browsers; null where it can, or has none yet. */
  findClosedPort(): Promise<MediaPort | null>;
}

interface Trial {
  receiver: GuestReceiver;
  transport: GuestTransport;
  close(): void;
}

/** Nobody measures for longer. Milliseconds. */
const lifetimeMs = 60_000;

/**
 * @param announcedAddress - what browsers are told.
 * @param pickPlace - finds a worker. @throws media.preparing | media.unavailable
 */
export function createTrials(announcedAddress: string, pickPlace: () => Promise<MediaPlace>): Trials {
  const open = new Map<string, Trial>();
  const own = (connectionId: string, transportId: string): Trial => {
    const trial = open.get(connectionId);
    if (trial?.transport.transport.id !== transportId || trial.transport.transport.closed) throw new AppError('media.not_found');
    return trial;
  };
  const end = (connectionId: string): void => {
    open.get(connectionId)?.close();
    open.delete(connectionId);
  };
  return {
    async open(connectionId) {
      const { trial, view } = await openTrial(await pickPlace());
      end(connectionId);
      open.set(connectionId, trial);
      const timer = setTimeout(() => open.get(connectionId) === trial && end(connectionId), lifetimeMs).unref();
      trial.transport.transport.observer.once('close', () => clearTimeout(timer));
      return view;
    },
    connect: async (connectionId, { transportId, dtlsParameters }) => own(connectionId, transportId).transport.connect(dtlsParameters),
    probe: async (connectionId, { transportId, rtpCapabilities }) => own(connectionId, transportId).receiver.probe({ rtpCapabilities }),
    resume: async (connectionId, { transportId, consumerId }) => own(connectionId, transportId).receiver.resume({ consumerIds: [consumerId] }),
    end,
    async findClosedPort() {
      const place = await pickPlace().catch(() => null);
      const port = (await place?.server.dump().catch(() => null))?.tcpServers[0]?.port;
      if (port === undefined || (await canConnect(announcedAddress, port))) return null;
      return { address: announcedAddress, port };
    },
  };
}

async function openTrial(place: MediaPlace): Promise<{ trial: Trial; view: OpenedTrial }> {
  // Only a dying worker refuses a router; whoever asks again finds another.
  const router = await place.worker.createRouter({ mediaCodecs }).catch(() => {
    throw new AppError('server.busy');
  });
  const planes = new NodePlanes(new Plane(router, place, () => Promise.resolve(null)), new LayerDemand(() => {}, 0), () => place);
  const receiver = new GuestReceiver();
  try {
    const transport = await receiver.open(planes, true);
    const close = (): void => {
      receiver.close();
      planes.close();
    };
    return { trial: { receiver, transport, close }, view: { routerRtpCapabilities: { ...router.rtpCapabilities }, receive: transport.view() } };
  } catch (error) {
    planes.close();
    throw error;
  }
}
