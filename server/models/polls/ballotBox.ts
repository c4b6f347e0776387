/**
 * The ballot boxes of a poll: its votes, spread over a few documents, each of which also says whether votes are taken. So a
 * vote is one conditional write: it is in a box that was open, or it is nowhere; and once all boxes are sealed none can come.
 * What was voted is always counted from the votes themselves; there is no total that could differ from them.
 */
import { model, Schema, type Model, type Types } from 'mongoose';
import type { Choice } from '../../../shared/contracts/live/polls.js';

/** A vote as it lies in its box. Of an anonymous poll nothing else is kept, not even when it was cast. */
export interface Ballot extends Choice {
  /** How often its voter has cast it. */
  turn: number;
  /** The names of the last casts, so that one that is sent again changes nothing. */
  ids: string[];
}

export interface BallotBoxDocument {
  /** `<poll>:<number of the box>` */
  _id: string;
  pollId: Types.ObjectId;
  workshopId: Types.ObjectId;
  isOpen: boolean;
  /** The version of the poll for which the box was opened or sealed. */
  version: number;
  /** How many votes were cast into it, changed and taken back ones too. */
  casts: number;
  /** By voter: hex digits, see `voterOf`. */
  votes: Record<string, Ballot>;
}

/** Whose vote it is: the poll, and what the vote is filed under. */
export interface BallotKey {
  pollId: Types.ObjectId;
  voter: string;
}

interface BallotBoxModel extends Model<BallotBoxDocument> {
  /** Lays out the open boxes of a poll that is to be launched; boxes that are there already stay. */
  layOut(poll: { _id: Types.ObjectId; workshopId: Types.ObjectId }, version: number): Promise<void>;
  /** Opens or seals all boxes of the poll, but those that a later version of it has. */
  turn(pollId: Types.ObjectId, isOpen: boolean, version: number): Promise<void>;
  /** Casts a vote, anew or for the first time; null when the box is sealed, or this cast was taken before. */
  cast(key: BallotKey, clientVoteId: string, choice: Choice): Promise<Ballot | null>;
  /** The vote as it lies in the box, if there is one. */
  findVote(key: BallotKey): Promise<Ballot | null>;
}

/**
 * Boxes of one poll. The more there are the smaller is what one vote rewrites, and the more there is to read for a count:
 * of ten thousand voters some three hundred share a box.
 */
const boxes = 32;
/** How many casts of each voter are remembered by name: more than a client has under way at once. */
const idsKept = 8;

const ballotBoxSchema = new Schema<BallotBoxDocument, BallotBoxModel>(
  {
    _id: { type: String, required: true },
    pollId: { type: Schema.Types.ObjectId, required: true, index: true },
    workshopId: { type: Schema.Types.ObjectId, required: true, index: true },
    isOpen: { type: Boolean, required: true },
    version: { type: Number, required: true },
    casts: { type: Number, required: true },
    votes: { type: Schema.Types.Mixed, required: true },
  },
  { versionKey: false, minimize: false },
);

const boxId = ({ pollId, voter }: BallotKey): string => `${String(pollId)}:${parseInt(voter.slice(-2), 16) % boxes}`;

ballotBoxSchema.statics.layOut = async function (this: BallotBoxModel, poll: Parameters<BallotBoxModel['layOut']>[0], version: number) {
  const first = { pollId: poll._id, workshopId: poll.workshopId, isOpen: true, version, casts: 0, votes: {} };
  const ids = Array.from({ length: boxes }, (_, number) => `${String(poll._id)}:${number}`);
  await this.bulkWrite(ids.map((_id) => ({ updateOne: { filter: { _id }, update: { $setOnInsert: first }, upsert: true } })));
};

ballotBoxSchema.statics.turn = async function (this: BallotBoxModel, pollId: Types.ObjectId, isOpen: boolean, version: number) {
  await this.updateMany({ pollId, version: { $lt: version } }, { $set: { isOpen, version } });
};

ballotBoxSchema.statics.cast = async function (this: BallotBoxModel, key: BallotKey, clientVoteId: string, { options, text }: Choice) {
  const vote = `votes.${key.voter}`;
  const box = await this.findOneAndUpdate(
    { _id: boxId(key), isOpen: true, [`${vote}.ids`]: { $ne: clientVoteId } },
    { $set: { [`${vote}.options`]: options, [`${vote}.text`]: text }, $inc: { casts: 1, [`${vote}.turn`]: 1 }, $push: { [`${vote}.ids`]: { $each: [clientVoteId], $slice: -idsKept } } },
    { returnDocument: 'after', projection: { [vote]: 1 } },
  ).lean<Pick<BallotBoxDocument, 'votes'>>();
  return box?.votes[key.voter] ?? null;
};

ballotBoxSchema.statics.findVote = async function (this: BallotBoxModel, key: BallotKey) {
  const box = await this.findById(boxId(key), { [`votes.${key.voter}`]: 1 }).lean<Pick<BallotBoxDocument, 'votes'>>();
  return box?.votes[key.voter] ?? null;
};

export const BallotBox = model<BallotBoxDocument, BallotBoxModel>('BallotBox', ballotBoxSchema);
