import { makeFrame } from './editor/frame.ts';

const TAB = 'webhook-log-tab';
const ACTION = 'survey-hooks:show-webhook-log';

RED.plugins.registerPlugin('webhook-log-tab', {
  // At once, as the editor lays out its sidebars when all plugins are loaded.
  onadd() {
    const words: Words = (key, values) => this._(key, values);
    RED.actions.add(ACTION, () => RED.sidebar.show(TAB));
    RED.sidebar.addTab({
      id: TAB,
      label: words('webhook-log-tab.label'),
      name: words('webhook-log-tab.name'),
      iconClass: 'fa fa-paper-plane-o',
      content: makeFrame(words),
      pinned: true,
      enableOnEdit: true,
      action: ACTION,
    });
  },
});
