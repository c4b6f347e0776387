/** The form that publishes a workshop: its fields as typed, what is wrong with them, and the publishing. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newClientId } from '../../api/clientId.js';
import { request } from '../../api/http.js';
import { OfflineError } from '../../api/problems.js';
import { isFailure } from '../../api/problems.js';
import { routeKey } from '../../api/useRoute.js';
import { readPercent } from '../../attendance/readPercent.js';
import { PublishWorkshop, workshops } from '../../../shared/contracts/workshops.js';
import { limits } from '../../../shared/limits.js';
import { emptyRules, readRules, type RulesDraft } from './rulesDraft.js';
import { emptySale, readSale, type SaleDraft } from './sale/saleDraft.js';

/** The fields as they are typed. */
export interface Draft {
  title: string;
  summary: string;
  /** As `datetime-local` has it, in this browser's zone. */
  startsAt: string;
  minutes: string;
  hostIds: string[];
  sale: SaleDraft;
  refundPolicy: string;
  refundRules: RulesDraft;
  /** Empty gives no certificate. */
  certificatePercent: string;
}

const emptyDraft: Draft = { title: '', summary: '', startsAt: '', minutes: '90', hostIds: [], sale: emptySale, refundPolicy: '', refundRules: emptyRules, certificatePercent: String(limits.certificatePercent) };

export interface Publishing {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  /** Paths of the fields that cannot be published as they stand, as `types.0.price`. */
  wrong: ReadonlySet<string>;
  /** Why the server refused, or null. */
  error: unknown;
  isBusy: boolean;
  publish: () => void;
}

/** @param onPublished is called with the new workshop's id. */
export function usePublish(onPublished: (workshopId: string) => void): Publishing {
  const queries = useQueryClient();
  const [draft, setDraft] = useState(emptyDraft);
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  // One name per form that was filled in: a retry publishes it once.
  const [clientWorkshopId, setClientWorkshopId] = useState(newClientId);

  const publish = async () => {
    const read = PublishWorkshop.safeParse({ clientWorkshopId, ...readDraft(draft) });
    setWrong(new Set(read.success ? [] : read.error.issues.map((issue) => issue.path.join('.'))));
    setError(null);
    if (!read.success) return;
    setBusy(true);
    try {
      const workshop = await request(workshops.publish, read.data);
      void queries.invalidateQueries({ queryKey: routeKey(workshops.list) });
      onPublished(workshop.id);
    } catch (failure) {
      if (isFailure(failure, 'input.invalid')) setWrong(new Set(failure.failure.data.problems.map((problem) => problem.path)));
      else setError(failure);
      if (!(failure instanceof OfflineError)) setClientWorkshopId(newClientId());
    } finally {
      setBusy(false);
    }
  };
  const change = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
    // What is sold is looked at as a whole: a price may be wrong because of another.
    setWrong(new Set([...wrong].filter((field) => !(field in part) && !('sale' in part && /^(types|pools|currency)/.test(field)))));
  };
  return { draft, change, wrong, error, isBusy, publish: () => void publish() };
}

function readDraft({ startsAt, minutes, sale, certificatePercent, ...words }: Draft) {
  const start = new Date(startsAt);
  return {
    ...words,
    ...readSale(sale),
    refundRules: readRules(words.refundRules),
    startsAt: Number.isNaN(start.getTime()) ? '' : start.toISOString(),
    minutes: Number(minutes),
    certificatePercent: readPercent(certificatePercent),
  };
}
