/** Saving what a form holds: under way, or why it failed. */
import { useState } from 'react';

export interface Saving {
  isSaving: boolean;
  error: unknown;
  save: (work: () => Promise<void>) => void;
}

/** @param onDone is called when it is saved. */
export function useSaving(onDone: () => void): Saving {
  const [isSaving, setSaving] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = async (work: () => Promise<void>) => {
    setSaving(true);
    setError(null);
    try {
      await work();
      onDone();
    } catch (failure) {
      setError(failure);
      setSaving(false);
    }
  };
  return { isSaving, error, save: (work) => void run(work) };
}
