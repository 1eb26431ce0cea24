/** How the node stands while it has nothing else to show. */
export const STATUS = {
  open: { fill: 'green', shape: 'dot', text: 'webhook-log.status.ready' },
  listening: { fill: 'green', shape: 'dot', text: 'webhook-log.status.listening' },
  closed: { fill: 'grey', shape: 'ring', text: 'webhook-log.status.closed' },
  down: { fill: 'red', shape: 'ring', text: 'webhook-log.status.store-down' },
  noEvents: { fill: 'yellow', shape: 'ring', text: 'webhook-log.status.no-events' },
  error: { fill: 'red', shape: 'ring', text: 'webhook-log.status.error' },
} as const;
