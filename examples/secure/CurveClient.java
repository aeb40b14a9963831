import java.nio.file.Files;
import java.nio.file.Path;
import org.zeromq.SocketType;
import org.zeromq.ZConfig;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** Asks the broker for a square, over CURVE: CurveClient.java KEY_PAIR_FILE BROKER_PUBLIC_KEY_FILE NUMBER */
public class CurveClient {
    public static void main(String[] arguments) throws Exception {
        ZConfig keyPair = ZConfig.load(arguments[0]);
        String brokerKey = Files.readString(Path.of(arguments[1])).strip();
        try (ZContext context = new ZContext()) {
            ZMQ.Socket broker = context.createSocket(SocketType.REQ);
            broker.setCurvePublicKey(keyPair.getValue("curve/public-key").getBytes(ZMQ.CHARSET));
            broker.setCurveSecretKey(keyPair.getValue("curve/secret-key").getBytes(ZMQ.CHARSET));
            broker.setCurveServerKey(brokerKey.getBytes(ZMQ.CHARSET));
            broker.connect("tcp://localhost:4161");
            broker.send(arguments[2]);
            System.out.println(arguments[2] + " squared: " + broker.recvStr());
        }
    }
}
