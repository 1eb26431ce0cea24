/** Fills the list `#<id>` with tabs; each shows the element of its own id inside `#<id>-content`. */
export function showTabs(id: string, tabs: readonly { id: string; label: string }[]): void {
  const bar = RED.tabs.create({
    id,
    onchange(tab) {
      $(`#${id}-content`).children().hide();
      $(`#${tab.id}`).show();
      RED.tray.resize();
    },
  });
  for (const tab of tabs) bar.addTab(tab);
}
