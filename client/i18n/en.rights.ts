/** What explains a door, in this language; loaded with the pages that do. */
import rights from './en/rights.json' with { type: 'json' };

export const enRights = { rights };
