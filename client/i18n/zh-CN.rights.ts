/** What explains a door, in this language; loaded with the pages that do. */
import rights from './zh-CN/rights.json' with { type: 'json' };

export const zhCNRights = { rights };
