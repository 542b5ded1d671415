package dev.espalier.mask;

/**
 * The tokens that are whole characters of a JSON string, and what is left of all others behind those they begin with: a state
 * that such contents lead back to itself reads the rests only. Unlike {@link StringContents}, a cut character is a rest. Immutable,
 * thread-safe.
 *
 * @param all the tokens that are such contents
 * @param rests what is left of the other tokens
 */
record WholeContents(TokenMask all, TokenTrie rests) {

    static WholeContents of(TokenTable table) {
        TokenSet all = new TokenSet(table.count());
        TokenTrie.Builder rests = new TokenTrie.Builder(table.blob(), 64);
        for (int id = 0; id < table.count(); id++) {
            int offset = table.offset(id);
            int length = table.length(id);
            int state = StringContents.START;
            int whole = 0;
            for (int at = 0; at < length && state != StringContents.DEAD; ) {
                state = StringContents.next(state, table.blob()[offset + at++] & 0xff);
                whole = state == StringContents.START ? at : whole;
            }
            if (whole < length) {
                rests.add(offset + whole, length - whole, id);
            } else if (length > 0) {
                all.add(id);
            }
        }
        return new WholeContents(all.toMask(), rests.build());
    }
}
