// Reads EPUB files as a stream, front to back, as several readers do: every entry to its last byte.
// A stored entry with a data descriptor, which such readers cannot open, fails here. Exit status: 1 when a file fails.

import java.io.FileInputStream;
import java.io.OutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

public class ZipStream {
    public static void main(String[] files) {
        int worst = 0;
        for (String file : files) {
            try (ZipInputStream stream = new ZipInputStream(new FileInputStream(file));
                    ZipFile directory = new ZipFile(file)) {
                int count = 0;
                for (ZipEntry entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
                    if (count++ == 0 && !(entry.getName().equals("mimetype") && entry.getMethod() == ZipEntry.STORED
                            && entry.getExtra() == null)) {
                        throw new java.io.IOException("the first entry is not a plain stored `mimetype`");
                    }
                    stream.transferTo(OutputStream.nullOutputStream());
                }
                if (count != directory.size()) {
                    throw new java.io.IOException(count + " entries read of " + directory.size());
                }
                System.out.println("pass\t" + file + "\t" + count + " entries");
            } catch (java.io.IOException problem) {
                worst = 1;
                System.out.println("fail\t" + file + "\t" + problem.getMessage());
            }
        }
        System.exit(worst);
    }
}
