/* The guide's load-balancing broker on libzmq, as JeroMqLoadBalancer is on JeroMQ: the worker that has been idle longest is given
 * the next request, and clients are read only while a worker is idle. Prints where it listens; runs until it is killed. */
#include <stdio.h>
#include <string.h>
#include <zmq.h>

enum { MOST_WORKERS = 1 << 16, MESSAGES_IN_A_ROW = 100, MOST_ID = 255 };

static struct { unsigned char octets[MOST_ID]; size_t length; } idle[MOST_WORKERS]; /* a ring */
static unsigned first, count;

static void *listen_as(void *context, int type, const char *role)
{
    int unlimited = 0, backlog = 4096;
    char endpoint[256];
    size_t length = sizeof endpoint;
    void *s = zmq_socket(context, type);
    zmq_setsockopt(s, ZMQ_SNDHWM, &unlimited, sizeof unlimited);
    zmq_setsockopt(s, ZMQ_RCVHWM, &unlimited, sizeof unlimited);
    zmq_setsockopt(s, ZMQ_BACKLOG, &backlog, sizeof backlog);
    if (zmq_bind(s, "tcp://127.0.0.1:*") || zmq_getsockopt(s, ZMQ_LAST_ENDPOINT, endpoint, &length)) {
        perror(role);
        return NULL;
    }
    printf("%s listening on %s\n", role, endpoint);
    return s;
}

/* Takes the next frame of a message that is there. */
static int more_after(void *from, zmq_msg_t *frame)
{
    zmq_msg_init(frame);
    return zmq_msg_recv(frame, from, 0) >= 0 && zmq_msg_more(frame);
}

static void send_frame(void *to, zmq_msg_t *frame, int more)
{
    if (zmq_msg_send(frame, to, more ? ZMQ_SNDMORE : 0) < 0)
        zmq_msg_close(frame);
}

/* Passes on the rest of a message that is there. */
static void pass(void *from, void *to)
{
    int more;
    do {
        zmq_msg_t frame;
        more = more_after(from, &frame);
        send_frame(to, &frame, more);
    } while (more);
}

/* [worker, "", READY] or [worker, "", client, "", reply...] */
static int read_worker(void *workers, void *clients)
{
    unsigned last = (first + count) % MOST_WORKERS;
    zmq_msg_t frame;
    int length = zmq_recv(workers, idle[last].octets, MOST_ID, ZMQ_DONTWAIT);
    if (length < 0)
        return 0;
    idle[last].length = (size_t) length;
    count++;
    more_after(workers, &frame);
    zmq_msg_close(&frame);
    if (more_after(workers, &frame)) {
        send_frame(clients, &frame, 1);
        pass(workers, clients);
    } else
        zmq_msg_close(&frame);
    return 1;
}

/* [client, "", request...] */
static int read_client(void *clients, void *workers)
{
    zmq_msg_t client;
    zmq_msg_init(&client);
    if (zmq_msg_recv(&client, clients, ZMQ_DONTWAIT) < 0) {
        zmq_msg_close(&client);
        return 0;
    }
    zmq_send(workers, idle[first].octets, idle[first].length, ZMQ_SNDMORE);
    zmq_send(workers, "", 0, ZMQ_SNDMORE);
    first = (first + 1) % MOST_WORKERS;
    count--;
    send_frame(workers, &client, 1);
    pass(clients, workers);
    return 1;
}

int main(void)
{
    void *context = zmq_ctx_new();
    void *clients = listen_as(context, ZMQ_ROUTER, "clients");
    void *workers = listen_as(context, ZMQ_ROUTER, "workers");
    zmq_pollitem_t either[] = {{workers, 0, ZMQ_POLLIN, 0}, {clients, 0, ZMQ_POLLIN, 0}};
    if (!clients || !workers)
        return 1;
    puts("ready");
    fflush(stdout);
    while (zmq_poll(either, count ? 2 : 1, -1) >= 0) {
        for (int i = 0; i < MESSAGES_IN_A_ROW && read_worker(workers, clients); i++) {}
        for (int i = 0; i < MESSAGES_IN_A_ROW && count && read_client(clients, workers); i++) {}
    }
    return 0;
}
