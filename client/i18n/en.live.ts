/** What is said where a workshop is live, in this language; loaded with its pages. */
import onStage from './en/onStage.json' with { type: 'json' };
import polls from './en/polls.json' with { type: 'json' };
import steps from './en/steps.json' with { type: 'json' };

export const enLive = { onStage, polls, steps };
