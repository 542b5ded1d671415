package dev.espalier.jsonschemabench.languages;

import java.util.List;
import java.util.Set;

/** Writes a script of definitions, changes and queries. */
final class SqlWriter extends SourceWriter {

    private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=");

    private static final Set<String> RESERVED =
            Set.of("column", "group", "index", "key", "limit", "offset", "order", "table", "values");

    SqlWriter(long seed) {
        super(seed, "  ");
    }

    @Override
    void part() {
        if (once(3)) {
            line("-- " + words.sentence());
        }
        switch (random.nextInt(10)) {
            case 0 -> definition();
            case 1 -> insert();
            case 2 -> change();
            case 3 -> {
                put("WITH recent AS (\n");
                deeper(() -> query(1));
                put(")\n");
                query(0);
                put(";\n\n");
            }
            case 4 ->
                line("CREATE INDEX " + words.noun() + "_index ON " + name() + " (" + name() + ", " + name()
                        + " DESC);\n");
            default -> {
                query(0);
                put(";\n\n");
            }
        }
    }

    private String name() {
        if (once(30)) {
            return "\"" + words.sentence() + "\"";
        }
        return name(words.underscored());
    }

    private static String name(String name) {
        return RESERVED.contains(name) ? name + "_id" : name;
    }

    private String table() {
        return name(words.underscored() + "s");
    }

    private void definition() {
        line("CREATE TABLE IF NOT EXISTS " + table() + " (");
        deeper(() -> {
            line("id BIGINT PRIMARY KEY,");
            times(
                    upTo(9),
                    () -> line(name()
                            + words.any(List.of(
                                    " INTEGER NOT NULL",
                                    " VARCHAR(80)",
                                    " NUMERIC(10, 2) DEFAULT 0",
                                    " TIMESTAMP",
                                    " TEXT UNIQUE"))
                            + (once(5) ? " CHECK (" + comparison(2) + ")" : "")
                            + ","));
            line("FOREIGN KEY (" + words.noun() + "_id) REFERENCES " + table() + " (id) ON DELETE CASCADE");
        });
        line(");\n");
    }

    private void insert() {
        line("INSERT INTO " + table() + " (" + joined(3, ", ", this::name) + ") VALUES");
        int rows = upTo(6);
        deeper(() -> {
            for (int i = 0; i < rows; i++) {
                line("(" + words.whole() + ", " + string() + ", " + (once(3) ? "NULL" : words.decimal()) + ")"
                        + (i + 1 < rows ? "," : ";"));
            }
        });
        line("");
    }

    private void change() {
        if (once(2)) {
            line("UPDATE " + table() + " SET " + name() + " = " + expression(2) + ", " + name() + " = DEFAULT");
            line("WHERE " + condition(1) + ";\n");
        } else {
            line("DELETE FROM " + table() + " WHERE " + condition(1) + ";\n");
        }
    }

    private void query(int depth) {
        line("SELECT " + (once(6) ? "DISTINCT " : "") + joined(upTo(5), ", ", this::item));
        line("FROM " + table() + " AS a");
        times(
                random.nextInt(3),
                () -> line(words.any(List.of("JOIN ", "LEFT JOIN ", "INNER JOIN ", "FULL OUTER JOIN ")) + table()
                        + " b ON a.id = b." + words.noun() + "_id"));
        if (!once(4)) {
            line("WHERE " + condition(1));
            deeper(() -> times(random.nextInt(3), () -> line((once(3) ? "OR " : "AND ") + condition(1))));
            if (depth < 2 && once(5)) {
                line("AND a.id IN (");
                deeper(() -> query(depth + 1));
                line(")");
            }
        }
        if (once(4)) {
            line("GROUP BY " + joined(upTo(3), ", ", this::name)
                    + (once(2) ? " HAVING COUNT(*) > " + words.whole() : ""));
        }
        if (once(8)) {
            line(once(2) ? "UNION ALL" : "EXCEPT");
            query(depth + 1);
        } else if (depth == 0 && once(3)) {
            line("ORDER BY " + joined(upTo(2), ", ", () -> name() + (once(2) ? " DESC" : "")) + " LIMIT 50");
        }
    }

    private String item() {
        return switch (random.nextInt(6)) {
            case 0 -> "COUNT(*) AS " + words.noun() + "_count";
            case 1 -> "SUM(" + expression(2) + ") OVER (PARTITION BY " + name() + " ORDER BY " + name() + ")";
            case 2 ->
                "CASE WHEN " + comparison(2) + " THEN " + string() + " ELSE " + expression(2) + " END AS " + name();
            default -> expression(1) + (once(3) ? " AS " + name() : "");
        };
    }

    private String condition(int depth) {
        return switch (random.nextInt(9)) {
            case 0 -> "NOT " + comparison(depth);
            case 1 -> "a." + name() + " IS NOT NULL";
            case 2 -> name() + " BETWEEN " + words.whole() + " AND " + expression(depth + 1);
            case 3 -> name() + " LIKE '%" + words.noun() + "%'";
            case 4 -> name() + " NOT IN (" + joined(upTo(5), ", ", this::string) + ")";
            case 5 -> "EXISTS (SELECT 1 FROM " + table() + " WHERE " + comparison(depth) + ")";
            case 6 -> "(" + comparison(depth) + " OR " + comparison(depth) + ")";
            default -> comparison(depth);
        };
    }

    private String comparison(int depth) {
        return expression(depth) + " " + words.any(COMPARISONS) + " " + expression(depth);
    }

    private String expression(int depth) {
        if (depth > 3 || once(2)) {
            return switch (random.nextInt(5)) {
                case 0 -> words.whole();
                case 1 -> string();
                case 2 -> words.decimal();
                default -> (once(2) ? "a." : "") + name();
            };
        }
        return switch (random.nextInt(6)) {
            case 0 -> "(" + expression(depth + 1) + " + " + expression(depth + 1) + ") * " + expression(depth + 1);
            case 1 -> "COALESCE(" + name() + ", " + expression(depth + 1) + ")";
            case 2 -> "CAST(" + expression(depth + 1) + " AS DECIMAL(12, 2))";
            case 3 -> name() + " || " + string();
            default ->
                expression(depth + 1) + words.any(List.of(" + ", " - ", " * ", " / ", " % ")) + expression(depth + 1);
        };
    }

    private String string() {
        return "'" + (once(9) ? "it''s " : "") + words.phrase() + "'";
    }
}
