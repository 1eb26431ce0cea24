interface Tab {
  readonly id: string;
  readonly label: string;
  /** Called whenever the tab is shown. */
  readonly onShow?: () => void;
}

/** Fills the list `#<id>` with tabs; each shows the element of its own id inside `#<id>-content`. */
export function showTabs(id: string, tabs: readonly Tab[]): void {
  const bar = RED.tabs.create({
    id,
    onchange(shown) {
      $(`#${id}-content`).children().hide();
      $(`#${shown.id}`).show();
      tabs.find((tab) => tab.id === shown.id)?.onShow?.();
      RED.tray.resize();
    },
  });
  for (const tab of tabs) bar.addTab({ id: tab.id, label: tab.label });
}
