/** What is said where a workshop is live, in this language; loaded with its pages. */
import onStage from './zh-CN/onStage.json' with { type: 'json' };
import polls from './zh-CN/polls.json' with { type: 'json' };
import steps from './zh-CN/steps.json' with { type: 'json' };

export const zhCNLive = { onStage, polls, steps };
