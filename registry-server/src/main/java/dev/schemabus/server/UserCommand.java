package dev.schemabus.server;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a line for the file of users. */
@Command(
        name = "user",
        description =
                "Reads a password from the terminal, or the first line of standard input, and prints a line for the"
                        + " file of --users.")
final class UserCommand implements Callable<Integer> {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    @Parameters(paramLabel = "NAME", description = "The user's name; no colon.")
    private String name = "";

    @Option(
            names = "--role",
            defaultValue = "read",
            description = "read: ask; write: register schemas, too; admin: delete and change settings, too (default:"
                    + " ${DEFAULT-VALUE}).")
    private String role = "read";

    @Option(
            names = "--append-to",
            paramLabel = "FILE",
            description = "Appends the line to this file instead of printing it.")
    private @Nullable Path file;

    @Override
    public Integer call() {
        try {
            String line = line(name, role, password());
            if (file == null) {
                System.out.println(line);
            } else {
                append(file, name, line);
            }
            return 0;
        } catch (IOException e) {
            System.err.println("Can't read the password or write the file: " + e);
            return 1;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    static String line(String name, String role, String password) {
        if (name.isBlank() || name.indexOf(':') >= 0 || name.startsWith("#") || !name.equals(name.strip())) {
            throw new IllegalArgumentException("The name of a user has no colon, no # in front and no space around it");
        }
        if (password.isEmpty()) {
            throw new IllegalArgumentException("There is no password: type one, or send it to standard input");
        }
        return name + ":" + Role.parse(role) + ":" + PasswordHash.of(password).text();
    }

    /**
     * Puts a line behind the others. A file that isn't there yet is made for its owner only: whoever reads the hashes can
     * try passwords at leisure.
     *
     * @throws IllegalArgumentException if the user is there already, which the server would refuse
     */
    static void append(Path file, String name, String line) throws IOException {
        String before = "";
        if (Files.exists(file)) {
            String text = Files.readString(file);
            if (text.lines().anyMatch(other -> other.strip().startsWith(name + ":"))) {
                throw new IllegalArgumentException(
                        file + " has a user '" + name + "' already: remove that line first, or choose another name");
            }
            before = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
        } else {
            boolean knowsOwners =
                    file.getFileSystem().supportedFileAttributeViews().contains("posix");
            FileAttribute<?>[] owners = knowsOwners
                    ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                    : new FileAttribute<?>[0];
            Files.createFile(file, owners);
        }
        Files.writeString(file, before + line + "\n", StandardOpenOption.APPEND);
    }

    @SuppressWarnings("SystemConsoleNull") // where it never is null, it reads standard input if there is no terminal
    private static String password() throws IOException {
        Console console = System.console();
        if (console != null) {
            char[] typed = console.readPassword("Password: ");
            return typed == null ? "" : new String(typed);
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = in.readLine();
        return line == null ? "" : line;
    }
}
