package dev.schemabus.bus;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers handled events in a table of the database that the handler writes to: a row per (group, source, event id),
 * inserted in the handler's own transaction. Either both are committed or neither is; who comes second finds the row.
 * The handler gets the connection from {@link Delivered#connection}, and the store ends the transaction.
 *
 * <p>Any database with primary keys will do; two that insert the same row at the same time are kept apart by the database.
 */
public final class JdbcConsumptionStore implements ConsumptionStore {

    /** The table's name unless another is given. */
    public static final String TABLE = "schemabus_consumption";

    private static final Logger LOG = LoggerFactory.getLogger(JdbcConsumptionStore.class);
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*(\\.[a-zA-Z_][a-zA-Z0-9_]*)?");
    private static final Set<String> OURS =
            Set.of("commit", "rollback", "setAutoCommit", "close", "abort", "setTransactionIsolation");

    private final DataSource database;
    private final String table;

    /** With the table {@link #TABLE}. */
    public JdbcConsumptionStore(DataSource database) {
        this(database, TABLE);
    }

    /**
     * With another table.
     *
     * @param table its name, with a schema before it if need be
     */
    public JdbcConsumptionStore(DataSource database, String table) {
        if (!NAME.matcher(table).matches()) {
            throw new BusConfigurationException("'" + table + "' is no name of a table: letters, digits and '_'");
        }
        this.database = database;
        this.table = table;
    }

    /** The statement that makes the table, in standard SQL. */
    public String ddl() {
        return "CREATE TABLE IF NOT EXISTS " + table + " (group_id VARCHAR(249) NOT NULL, source VARCHAR(255) NOT NULL,"
                + " event_id VARCHAR(255) NOT NULL, handled_at TIMESTAMP NOT NULL,"
                + " PRIMARY KEY (group_id, source, event_id))";
    }

    /** Makes the table if it is missing. */
    public void createTable() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(ddl());
        }
    }

    /**
     * Forgets what was handled before some time: long enough that it can't be delivered again, which is longer than the
     * topic keeps its records, and than anybody replays dead letters.
     *
     * @return how many events were forgotten
     */
    public int forget(Duration olderThan) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("DELETE FROM " + table + " WHERE handled_at < ?")) {
            statement.setTimestamp(1, Timestamp.from(Instant.now().minus(olderThan)));
            return statement.executeUpdate();
        }
    }

    @Override
    public boolean once(Consumption consumption, Handling handling) throws Exception {
        Connection connection = open();
        boolean ended = false;
        try {
            if (!claim(connection, consumption)) {
                return false;
            }
            handling.handle(handed(connection));
            connection.commit();
            ended = true;
            return true;
        } finally {
            end(connection, ended);
        }
    }

    private Connection open() {
        try {
            Connection connection = database.getConnection();
            try {
                connection.setAutoCommit(false);
                return connection;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new ConsumptionStoreUnavailableException("No connection to the database of " + table, e);
        }
    }

    private boolean claim(Connection connection, Consumption consumption) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO " + table + " (group_id, source, event_id, handled_at) VALUES (?, ?, ?, ?)")) {
            insert.setString(1, consumption.group());
            insert.setString(2, consumption.source());
            insert.setString(3, consumption.eventId());
            insert.setTimestamp(4, Timestamp.from(Instant.now()));
            insert.executeUpdate();
            return true;
        } catch (SQLException e) {
            // Class 23 of the SQL standard: the row is there.
            if (e.getSQLState() != null && e.getSQLState().startsWith("23")) {
                return false;
            }
            if (e.getSQLState() != null && e.getSQLState().startsWith("08")) {
                // A connection that the pool took for a good one.
                throw new ConsumptionStoreUnavailableException(
                        "The connection to the database of " + table + " is gone", e);
            }
            throw e;
        }
    }

    private static void end(Connection connection, boolean ended) {
        try (connection) {
            if (!ended) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            LOG.debug("A connection could not be given back in order; the database rolls back what is open", e);
        }
    }

    /** The connection without what would end the transaction. */
    private static Connection handed(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> call(connection, method, arguments));
    }

    private static @Nullable Object call(Connection connection, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        boolean savepoint = method.getName().equals("rollback") && arguments != null;
        if (OURS.contains(method.getName()) && !savepoint) {
            throw new SQLException("A handler doesn't call " + method.getName()
                    + ": the bus commits when it returns, and rolls back when it throws");
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
