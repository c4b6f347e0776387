/** Disputes as they are answered: https://docs.stripe.com/api/disputes */
import { z } from 'zod';
import { badRequest, noSuchObject } from '../api/apiFault.js';
import { lists, reads, sameText, writes, type Endpoint } from '../api/endpoint.js';
import { clearable, flag, id as idParam, mergeMetadata, metadata, params, text } from '../api/params.js';
import type { StoredDispute } from '../store/kinds.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { evidenceTexts } from './blankDispute.js';
import { isDecided, loseDispute, winDispute } from './closeDispute.js';

const answerParams = params({
  evidence: z.strictObject(Object.fromEntries(evidenceTexts.map((name) => [name, clearable(text(20_000)).optional()]))).optional(),
  metadata: metadata().optional(),
  submit: flag().default(true),
});

/** What decides in test mode, at once: https://docs.stripe.com/testing#evidence */
const decisions: { readonly [evidence: string]: typeof winDispute } = { winning_evidence: winDispute, losing_evidence: loseDispute };

function answer(turn: Turn, id: string, given: z.infer<typeof answerParams>): StoredDispute {
  const dispute = find(turn, id);
  if (given.evidence && isDecided(dispute)) throw badRequest('This dispute is already closed.', { param: 'evidence' });
  const isSubmitted = given.evidence !== undefined && given.submit;
  const { evidence_details: details } = dispute;
  const answered = turn.draft.put('dispute', {
    ...dispute,
    evidence: { ...dispute.evidence, ...given.evidence },
    evidence_details: {
      ...details,
      has_evidence: details.has_evidence || given.evidence !== undefined,
      ...(isSubmitted && { submission_count: details.submission_count + 1, submission_method: 'manual' as const }),
    },
    metadata: mergeMetadata(dispute.metadata, given.metadata),
    status: isSubmitted ? 'under_review' : dispute.status,
  });
  emitEvent(turn, 'charge.dispute.updated', answered, dispute);
  const decide = isSubmitted ? decisions[answered.evidence.uncategorized_text ?? ''] : undefined;
  return decide ? decide(turn, answered) : answered;
}

function find({ draft }: Turn, id: string): StoredDispute {
  const dispute = draft.get('dispute', id);
  if (!dispute) throw noSuchObject('dispute', id);
  return dispute;
}

/** Accepts that the money is gone. */
function giveIn(turn: Turn, id: string): StoredDispute {
  const dispute = find(turn, id);
  if (isDecided(dispute)) throw badRequest('This dispute is already closed.');
  return loseDispute(turn, dispute);
}

/** The API's rows for disputes. */
export const disputeEndpoints: readonly Endpoint[] = [
  lists('dispute', '/v1/disputes', { charge: sameText(idParam(), 'charge'), payment_intent: sameText(idParam(), 'payment_intent') }),
  reads('/v1/disputes/:id', params({}), ({ reader }, { id }) => {
    const dispute = reader.get('dispute', id);
    if (!dispute) throw noSuchObject('dispute', id);
    return dispute;
  }),
  writes('post', '/v1/disputes/:id', answerParams, (turn, { id, params: given }) => answer(turn, id, given)),
  writes('post', '/v1/disputes/:id/close', params({}), (turn, { id }) => giveIn(turn, id)),
];
