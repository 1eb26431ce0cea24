/** A button of a toolbar: an icon, and its words beside it where there is room; else they are told on hover and to those who hear. */
export function makeIconButton(icon: string, text: string): JQuery {
  return $('<button type="button" class="red-ui-button red-ui-button-small survey-hooks-log-icon-button">')
    .attr({ title: text, 'aria-label': text })
    .append($('<i aria-hidden="true">').addClass(`fa ${icon}`), $('<span>').text(text));
}
