/** What the dialogs use of the editor, as Node-RED 4.1 and 5 both have it. The published types lack much of it. */

/** Looks up the words of a node's catalogue; `__name__` in them is replaced by the value of that name. */
type Words = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** A node or config node as the editor holds it. */
interface EditorNode {
  readonly id: string;
  readonly type: string;
  readonly _: Words;
  readonly _def: {
    readonly defaults: Readonly<Record<string, { readonly value: unknown; readonly type?: string }>>;
    readonly category?: string;
  };
  /** The flow or subflow it belongs to; missing on a config node that everyone may use. */
  readonly z?: string;
  /** True while disabled. */
  readonly d?: boolean;
  /** True while it differs from what is deployed. */
  changed?: boolean;
  /** False once the editor has found a setting of it wrong. */
  readonly valid?: boolean;
  /** On a config node: the nodes that name it. */
  readonly users?: EditorNode[];
  /** Loaded when the dialog opens. Of a password only `has_<name>` comes back, until a new one is typed. */
  credentials?: Record<string, unknown>;
}

/** `true`, or what is wrong. Two parameters tell the editor that a text may come back. */
type Validator = (this: EditorNode, value: unknown, options: { label?: string }) => true | string;

/** A step of the editor's history. */
interface HistoryEvent {
  readonly t: 'edit';
  readonly node: EditorNode;
  /** The settings as they were. */
  readonly changes: Readonly<Record<string, unknown>>;
  /** Whether the node had changes before, and whether the flows had. */
  readonly changed: boolean | undefined;
  readonly dirty: boolean;
}

/** What a dialog changed besides its own node; one step undoes all. */
interface SavedDialog {
  readonly changed: true;
  readonly history: readonly HistoryEvent[];
}

interface SettingDefinition<Value> {
  value: Value;
  required?: boolean;
  /** The type of the config node that it names; with `[]` a list of them. */
  type?: string;
  label?: string;
  validate?: Validator;
}

interface CredentialDefinition {
  type: 'text' | 'password';
  required?: boolean;
  validate?: Validator;
}

/** Reserved by the editor: https://nodered.org/docs/creating-nodes/node-html */
interface NodeDefinition<Properties> {
  category: string;
  defaults: { [Name in keyof Properties]: SettingDefinition<Properties[Name]> };
  credentials?: Record<string, CredentialDefinition>;
  color?: string;
  icon?: string;
  align?: 'left' | 'right';
  inputs?: 0 | 1;
  outputs?: number;
  hasUsers?: boolean;
  paletteLabel?(this: { readonly _: Words }): string;
  label(this: EditorNode & Properties): string;
  labelStyle?(this: EditorNode & Properties): string;
  inputLabels?(this: EditorNode & Properties): string;
  outputLabels?(this: EditorNode & Properties, index: number): string;
  oneditprepare?(this: EditorNode & Properties): void;
  oneditsave?(this: EditorNode & Properties): SavedDialog | undefined;
  oneditcancel?(this: EditorNode & Properties): void;
  /** When a node is deleted, also from its open dialog, which then is neither saved nor cancelled. */
  oneditdelete?(this: EditorNode & Properties): void;
  oneditresize?(this: EditorNode & Properties): void;
  onadd?(this: EditorNode & Properties): void;
}

interface EditorTabs {
  addTab(tab: { id: string; label: string }): void;
  activateTab(id: string): void;
}

interface CodeEditor {
  getValue(): string;
  setValue(text: string): void;
  focus(): void;
  resize(): void;
  destroy(): void;
  getSession(): { on(event: 'change', listener: () => void): void };
}

/** A flow or a subflow. */
interface EditorFlow {
  readonly id: string;
  readonly label?: string;
  readonly name?: string;
  readonly disabled?: boolean;
  readonly locked?: boolean;
}

/** An end of a wire: a node, a junction, or a port of a subflow seen from within. */
interface LinkEnd {
  readonly id: string;
  readonly type: string;
  readonly z?: string;
  readonly direction?: 'in' | 'out' | 'status';
  /** The number of the port. */
  readonly i?: number;
}

interface EditorLink {
  readonly source: LinkEnd;
  readonly sourcePort: number;
  readonly target: LinkEnd;
}

/** A sidebar plugin; the editor adds `_` before it calls `onadd`. */
interface PluginDefinition {
  onadd(this: { readonly _: Words }): void;
}

interface SidebarTab {
  readonly id: string;
  /** Short, where the tab has little room. */
  readonly label: string;
  readonly name: string;
  readonly iconClass: string;
  readonly content: JQuery;
  /** Shows a button of its own in the row of tabs. */
  readonly pinned: boolean;
  /** Can be used while a dialog is open. */
  readonly enableOnEdit: boolean;
  /** The action that shows it, for the tooltip. */
  readonly action: string;
}

type CommsListener = (topic: string, message: unknown) => void;
/** Something on the canvas is not as it was. */
type CanvasEvent =
  'nodes:add' | 'nodes:change' | 'nodes:remove' | 'links:add' | 'links:remove' | 'flows:change';
type NodeListener = (node: EditorNode) => void;

declare const RED: {
  readonly settings: {
    readonly httpNodeRoot?: string | false;
    /** Set by the runtime part of an inbound hook. */
    readonly inboundHookInHost?: {
      readonly root: string | null;
      readonly guardsOpenHooks: boolean;
      readonly hasPublicForms: boolean;
      readonly hasMiddleware: boolean;
      readonly hasCors: boolean;
      readonly trustsProxy: boolean;
    };
  };
  readonly comms: {
    subscribe(topic: string, listener: CommsListener): void;
    unsubscribe(topic: string, listener: CommsListener): void;
    /** When the editor is connected again. */
    on(event: 'connect', listener: () => void): void;
    off(event: 'connect', listener: () => void): void;
  };
  readonly actions: { add(id: string, action: () => void): void };
  readonly plugins: { registerPlugin(id: string, definition: PluginDefinition): void };
  readonly sidebar: { addTab(tab: SidebarTab): void; show(id: string): void };
  readonly i18n: { lang(): string };
  readonly nodes: {
    registerType<Properties extends object>(type: string, definition: NodeDefinition<Properties>): void;
    node(id: string): EditorNode | null | undefined;
    /** The wires at a node's outputs (0) or at its input (1). */
    getNodeLinks(
      id: string,
      port: 0 | 1,
    ): readonly { readonly source: EditorNode; readonly target: EditorNode }[];
    /** Whether there is anything to deploy; given, there is from now on. */
    dirty(isDirty?: true): boolean;
    /** What `registerType` was given, with the catalogue of its words. */
    getType(type: string): { readonly _: Words } | null | undefined;
    /** The flow of an id. */
    workspace(id: string): EditorFlow | null | undefined;
    subflow(id: string): EditorFlow | null | undefined;
    eachLink(visit: (link: EditorLink) => boolean | undefined): void;
    eachNode(visit: (node: EditorNode) => boolean | undefined): void;
    eachConfig(visit: (node: EditorNode) => boolean | undefined): void;
  };
  readonly history: { push(event: HistoryEvent): void };
  readonly state: { readonly EDITING: number };
  readonly user: { hasPermission(permission: string): boolean };
  readonly view: {
    redraw(isUpdated?: boolean): void;
    /** Goes to a node on the canvas and lets it flash. */
    reveal(id: string): void;
    state(): number;
  };
  readonly workspaces: { active(): string };
  /** Shows a node on its canvas and marks it for a moment. */
  readonly view: { reveal(id: string): void };
  readonly events: {
    on(event: 'nodes:add' | 'nodes:change' | 'nodes:remove', listener: NodeListener): void;
    off(event: 'nodes:add' | 'nodes:change' | 'nodes:remove', listener: NodeListener): void;
    emit(event: 'nodes:change', node: EditorNode): void;
    on(event: 'survey-hooks:mapping-dialog', listener: (dialog: unknown) => void): void;
    emit(event: 'survey-hooks:mapping-dialog', dialog: unknown): void;
    on(event: CanvasEvent, listener: () => void): void;
    off(event: CanvasEvent, listener: () => void): void;
  };
  readonly editor: {
    /** Opens the dialog of a node that is no config node. */
    edit(node: EditorNode): void;
    /** The nodes whose dialogs are open. */
    getEditStack(): readonly EditorNode[];
    /** `id` is `_ADD_` for a new one. Without a prefix no select of the dialog below is filled in. */
    editConfig(
      property: string,
      type: string,
      id: string,
      prefix?: string | null,
      context?: EditorNode,
    ): void;
    createEditor(options: { id: string; mode: string; value: string; stateId?: string | false }): CodeEditor;
    validateNode(node: EditorNode): boolean;
  };
  readonly tabs: { create(options: { id: string; onchange(tab: { id: string }): void }): EditorTabs };
  readonly tray: { resize(): void };
  readonly clipboard: { copyText(text: string, beside: JQuery, message: string): void };
  readonly popover: { tooltip(element: JQuery, text: string): void };
  readonly utils: {
    getNodeLabel(node: EditorNode, fallback: string): string;
    /** `true`, or what is wrong with the value. */
    validateTypedProperty(value: string, type: 'jsonata', options: object): true | string;
  };
};

interface EditableListOptions<Entry> {
  addButton?: boolean | string;
  removable?: boolean;
  sortable?: boolean;
  height?: number | 'auto';
  addItem(row: JQuery, index: number, entry: Entry): void;
  removeItem?(entry: Entry): void;
  sortItems?(items: JQuery): void;
}

interface TypedInputOptions {
  default?: string;
  typeField?: JQuery | string;
  types: readonly unknown[];
}

interface JQuery {
  editableList<Entry>(options: EditableListOptions<Entry>): this;
  editableList(method: 'addItem', entry: unknown): this;
  editableList(method: 'empty'): this;
  editableList(method: 'items'): JQuery;
  typedInput(options: TypedInputOptions): this;
  typedInput(method: 'type' | 'value'): string;
  typedInput(method: 'type' | 'value', set: string): this;
  typedInput(method: 'types', types: readonly unknown[]): this;
  i18n(): this;
}
