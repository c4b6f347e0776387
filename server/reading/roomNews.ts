/** What nodes tell each other of a room's own timeline, as far as counting and ringing go. */
export interface RoomNews {
  roomId: string;
  /** Up to where the timeline stands; null where it did not grow, or it is not known here. */
  lastSeq: number | null;
  /** Somebody is called who may be anybody: those who hear of it look whether it is they. */
  calls: boolean;
  /** A message is no longer what it was. */
  isChange: boolean;
}

/** On the bus between nodes. */
export const roomNewsTopic = 'reading:roomNews';
