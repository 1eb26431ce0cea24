import { askAdminApi } from '../../../shared/editor/admin-api.ts';
import { makeIconButton } from '../icon-button.ts';
import { makeNotice } from '../notice.ts';
import { makeQuestion } from '../question.ts';
import { makeTime, setTime } from '../time/time-element.ts';
import type { LogTab } from '../view.ts';
import { makeCountsPart } from './counts-part.ts';
import { healthOf } from './endpoint-health.ts';
import type { EndpointRow } from './endpoint-row.ts';
import { makeFeedsPart, type FindSources } from './feeds-part.ts';
import { makeHealthPart } from './health-part.ts';
import { makeSwitchPart } from './switch-part.ts';
import { makeTestPart } from './test-part.ts';

interface CardParts {
  readonly id: string;
  readonly tab: LogTab;
  /** The runtime is not as it was. */
  readonly onChanged: () => void;
  /** The canvas is not as it was. */
  readonly onLinked: () => void;
}

/** All there is to see of one endpoint, and to do with it. It is kept true without being made anew, so that nobody loses their place. */
export interface EndpointCard {
  readonly element: JQuery;
  readonly show: (row: EndpointRow) => void;
  readonly showFeeds: (row: EndpointRow, findSources: FindSources) => void;
}

export function makeEndpointCard({ id, tab, onChanged, onLinked }: CardParts): EndpointCard {
  const { words, showDeliveries } = tab;
  const name = $('<h3>');
  const url = $('<div class="survey-hooks-log-endpoint-url">');
  const lastSuccess = makeLastSuccess(words);
  const notice = makeNotice(words);
  const question = makeQuestion(words);
  const health = makeHealthPart(words);
  const counts = makeCountsPart(words, (status) =>
    showDeliveries({ endpoint: id, endpointName: name.text(), status }),
  );
  const power = makeSwitchPart({ words, question, notice, onChanged });
  const test = makeTestPart({ id, words, onAnswer: onChanged });
  const feeds = makeFeedsPart(id, words, onLinked);
  const resume = makeIconButton('fa-play', words('webhook-log-tab.endpoints.resume')).on('click', () => {
    askAdminApi(`endpoints/${encodeURIComponent(id)}/enable`, {})
      .then(onChanged)
      .catch(notice.sayError);
  });
  const edit = makeIconButton('fa-pencil', words('webhook-log-tab.endpoints.edit')).on('click', () =>
    RED.editor.editConfig('', 'webhook-endpoint', id),
  );
  const head = $('<div class="survey-hooks-log-endpoint-head">').append(name, health.mark, power.element);
  const buttons = $('<div class="survey-hooks-log-buttons">').append(test.button, resume, edit);
  const element = $('<li class="survey-hooks-log-endpoint">')
    .attr('data-endpoint', id)
    .append(head, url, health.more, question.element, notice.element, lastSuccess.element)
    .append(counts.element, buttons, test.element, feeds.element);

  const show = (row: EndpointRow): void => {
    name.text(row.name || row.id);
    url.text(row.url ?? '').attr('title', row.url ?? '');
    health.show(row, Date.now());
    power.show(row);
    lastSuccess.show(row);
    counts.show(row);
    const isKnown = row.enabled !== null;
    counts.element.prop('hidden', !isKnown);
    test.button.prop('hidden', row.problems.length > 0);
    resume.prop('hidden', healthOf(row) !== 'paused');
    edit.prop('hidden', !RED.nodes.node(id));
  };
  return { element, show, showFeeds: feeds.show };
}

function makeLastSuccess(words: Words) {
  const text = $('<span>');
  const time = makeTime(null);
  const element = $('<div class="survey-hooks-log-dim">').append(text, ' ', time);
  const show = ({ enabled, lastSuccessAt }: EndpointRow): void => {
    const key = lastSuccessAt === null ? 'no-success' : 'last-success';
    element.prop('hidden', enabled === null);
    text.text(words(`webhook-log-tab.endpoints.${key}`));
    setTime(time, lastSuccessAt);
  };
  return { element, show };
}
