import { makeDeliveriesView } from './deliveries/deliveries-view.ts';
import { makeEndpointsView } from './endpoints/endpoints-view.ts';
import { makeExternalDataView } from './external-data/external-data-view.ts';
import { makeHooksView } from './hooks/hooks-view.ts';
import type { MakeView } from './view.ts';

/** The views of the tab, in the order of their tabs. */
export const VIEWS: readonly MakeView[] = [
  makeDeliveriesView,
  makeEndpointsView,
  makeHooksView,
  makeExternalDataView,
];
