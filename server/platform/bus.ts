/** What nodes say to each other outside of Socket.IO: Redis pub/sub between nodes, a loop-back in memory on a single one. */

export interface Bus {
  /** This node's name, unique in the cluster. */
  readonly nodeId: string;
  /** Tells all nodes, this one included. At most once: a node that is away does not hear it. `data` is JSON. */
  publish(topic: string, data: unknown): Promise<void>;
  subscribe(topic: string, hear: (data: unknown) => void): void;
  /**
   * Asks one node and waits for its answer. An AppError thrown by the answering node is thrown here as the same AppError.
   *
   * @throws server.busy - the node is not there or did not answer in time.
   */
  request(nodeId: string, topic: string, data: unknown): Promise<unknown>;
  respond(topic: string, answer: (data: unknown) => Promise<unknown>): void;
  /** Called when the link between nodes was lost and stands again: whatever was said meanwhile may have been missed. */
  onRestored(hear: () => void): void;
  /** Whether the link stands now. */
  isUp(): boolean;
  close(): Promise<void>;
}
