/** Makes a button copy what the text is at that moment, and say so beside it. */
export function copyOnClick(button: JQuery, text: () => string, message: string): void {
  button.on('click', (event) => {
    event.preventDefault();
    RED.clipboard.copyText(text(), button, message);
  });
}
