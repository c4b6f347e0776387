import { stage } from '../../../shared/contracts/live/stage.js';
import type { Deps } from '../../deps.js';
import type { StageNews } from '../../media/stages.js';
import { connectionChannel, stageChannel, workshopChannel } from '../../realtime/channels.js';

/** Tells a stage's news to those who may see it, and only to them: while hosts rehearse, nobody else knows of it. That it was rebuilt the lobby hears too. */
export function tellStageNews(publish: Deps['publish'], news: StageNews): void {
  const { workshopId, epoch } = news;
  const channel = stageChannel(workshopId);
  switch (news.kind) {
    case 'trackAdded':
    case 'trackChanged':
      return publish(channel, stage[news.kind], { workshopId, epoch, track: news.track });
    case 'trackRemoved':
      return publish(channel, stage.trackRemoved, { workshopId, epoch, trackId: news.trackId });
    case 'speakerChanged':
      return publish(channel, stage.speakerChanged, { workshopId, epoch, speakingTrackId: news.speakingTrackId });
    case 'layersNeeded':
      return publish(connectionChannel(news.connectionId), stage.layersNeeded, { workshopId, epoch, trackId: news.trackId, topLayer: news.topLayer });
    case 'moved':
      return publish(connectionChannel(news.connectionId), stage.moved, { workshopId, epoch });
    case 'moving':
      return publish(news.connectionId === null ? workshopChannel(workshopId) : connectionChannel(news.connectionId), stage.moving, { workshopId });
    case 'reset':
      return publish(workshopChannel(workshopId), stage.reset, { workshopId, epoch });
  }
}
