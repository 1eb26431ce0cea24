/** A file of a multipart form, named as core `http in` names its parts. */
export interface UploadedFile {
  /** The name of the form's field. */
  readonly fieldname: string;
  /** The file's name as it was sent, without any folders. */
  readonly originalname: string;
  /** As the sender says it; nobody has checked it. */
  readonly mimetype: string;
  readonly buffer: Buffer;
  /** In bytes. */
  readonly size: number;
}
