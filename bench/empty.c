/* Does nothing: what it costs to start any program at all. Linked statically. */
int main(void) { return 0; }
