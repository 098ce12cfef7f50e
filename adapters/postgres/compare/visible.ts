// Which other uploads a receipt may speak of: only those that everybody who gets to read it may see anyway.

export type Visibility = 'own' | 'space' | 'client';

/**
 * A condition in SQL about an upload, in a statement whose first parameter is the upload that the receipt is of.
 * @param other the SQL of the other upload's id, in which none of the names below stands
 */
export function mayKnow(other: string, visibility: Visibility): string {
  if (visibility === 'client') return 'true';
  if (visibility === 'own') {
    return `EXISTS (SELECT FROM app.uploads this JOIN app.uploads sent ON sent.user_id = this.user_id
      WHERE this.id = $1 AND sent.id = ${other})`;
  }
  // In each conversation that the upload was shared in, the other was shared too (or where this one may look), or each of its
  // members sent it or is in a conversation that has it.
  return `EXISTS (SELECT FROM app.space_uploads here WHERE here.upload_id = $1) AND NOT EXISTS (
    SELECT FROM app.space_uploads here WHERE here.upload_id = $1
      AND NOT EXISTS (SELECT FROM app.space_uploads there WHERE there.upload_id = ${other}
        AND (there.space_id = here.space_id
          OR EXISTS (SELECT FROM app.space_grants given WHERE (given.space_id, given.granted_space_id) = (here.space_id, there.space_id))))
      AND (NOT EXISTS (SELECT FROM app.space_members reader WHERE reader.space_id = here.space_id)
        OR EXISTS (SELECT FROM app.space_members reader WHERE reader.space_id = here.space_id
          AND NOT EXISTS (SELECT FROM app.uploads sent WHERE sent.id = ${other} AND sent.user_id = reader.user_id)
          AND NOT EXISTS (SELECT FROM app.space_uploads there JOIN app.space_members also ON also.space_id = there.space_id
                          WHERE there.upload_id = ${other} AND also.user_id = reader.user_id))))`;
}
