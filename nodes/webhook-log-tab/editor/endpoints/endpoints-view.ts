import { askAdminApi } from '../../../shared/editor/admin-api.ts';
import { makeNotice } from '../notice.ts';
import { paced } from '../paced.ts';
import { keepTimes } from '../time/time-element.ts';
import type { MakeView } from '../view.ts';
import { readCanvasGraph } from './canvas-graph.ts';
import { makeEndpointList } from './endpoint-list.ts';
import type { EndpointRow } from './endpoint-row.ts';
import { sourceFinder } from './find-sources.ts';
import { followCanvas } from './follow-canvas.ts';

/** Each delivery changes a count: under load the list is read so often and no more. */
const PAUSE_MS = 2000;
const CANVAS_PAUSE_MS = 500;

const SOURCES: ReadonlySet<string> = new Set(['inbound-hook-in', 'email-hook-in', 'survey-response']);

/** The endpoints of the flows that run: how they are, what feeds them, and what can be done with them. */
export const makeEndpointsView: MakeView = (tab) => {
  const { words } = tab;
  const notice = makeNotice(words, () => reading.ask());
  const reading = paced(read, PAUSE_MS);
  const looking = paced(look, CANVAS_PAUSE_MS);
  const list = makeEndpointList({ tab, onChanged: reading.ask, onLinked: looking.ask });
  const scroll = $('<div class="survey-hooks-log-scroll">').append(list.summary, list.element);
  const content = $('<div class="survey-hooks-log-view">').append(notice.element, scroll);
  let ends: (() => void)[] = [];
  let scrollTop = 0;
  // A browser forgets it while the element is not shown.
  scroll.on('scroll', () => (scrollTop = scroll.scrollTop() ?? 0));

  async function read(): Promise<void> {
    try {
      const rows = (await askAdminApi('endpoints')) as readonly EndpointRow[];
      list.show(rows);
      if (rows.length === 0) notice.say(words('webhook-log-tab.endpoints.empty'), 'note');
      else notice.clear();
      await look();
    } catch (error) {
      notice.sayError(error);
    }
  }
  function look(): Promise<void> {
    list.showFeeds(sourceFinder(readCanvasGraph(), SOURCES));
    return Promise.resolve();
  }
  return {
    id: 'endpoints',
    label: words('webhook-log-tab.endpoints.label'),
    content,
    show: () => {
      scroll.scrollTop(scrollTop);
      list.reorder();
      ends = [keepTimes(content), followCanvas(looking.ask)];
      reading.ask();
    },
    hide: () => {
      for (const end of ends) end();
      ends = [];
      reading.forget();
      looking.forget();
    },
    changed: ({ items, more }) => {
      if (more || items.some(({ kind }) => kind === 'endpoint' || kind === 'delivery')) reading.ask();
    },
  };
};
