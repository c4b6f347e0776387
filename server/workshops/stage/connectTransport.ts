import type { ConnectTransport } from '../../../shared/contracts/live/stage.js';
import { accessWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import type { Connection } from '../../realtime/connection.js';

/**
 * Connects one of this connection's transports with the client's DTLS parameters.
 *
 * @throws workshop.not_found - absent, or not this actor's.
 * @throws media.not_found | media.stale_epoch | media.unavailable | media.unsupported | server.busy
 */
export async function connectTransport(deps: Deps, actor: Actor, input: ConnectTransport, connection: Connection): Promise<Record<string, never>> {
  await accessWorkshop(actor, input.workshopId, 'enter', deps.now());
  await deps.stages.connect(connection.id, input);
  return {};
}
